H5P.Summary = class extends H5P.Question {
  constructor(params, id, extras) { super("summary", params, extras); }
  get panels() { return (this.params.summaries || []).filter((panel) => (panel.summary || []).length); }
  parts() { return this.panels.flatMap((panel) => [...panel.summary].sort().map(H5P.Question.words)); }
  getMaxScore() { return this.panels.length; }
  // Only what was found at the first try of each panel; a state tells how far somebody is and what went wrong.
  getScore() {
    const { progress = 0, answers = [] } = this.state || {};
    return this.panels.filter((panel, place) => place < progress && !(answers[place] || []).length).length;
  }
};
