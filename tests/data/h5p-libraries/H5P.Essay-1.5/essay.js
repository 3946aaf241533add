H5P.Essay = class extends H5P.Question {
  constructor(params, id, extras) { super("essay", params, extras); }
  // Points of the keywords, as often as each is wanted. What is written is for a person to mark: nothing is scored here.
  getMaxScore() {
    const behaviour = this.params.behaviour || {};
    if (behaviour.ignoreScoring) return behaviour.pointsHost || 1;
    const total = (this.params.keywords || []).reduce((sum, keyword) => {
      const { points = 1, occurrences = 1 } = keyword.options || {};
      return sum + points * occurrences;
    }, 0);
    const most = behaviour.percentageMastering ? Math.floor((total * behaviour.percentageMastering) / 100) : total;
    return Math.max(1, most);
  }
  getScore() { return 0; }
};
