H5P.SingleChoiceSet = class extends H5P.Question {
  constructor(params, id, extras) { super("single-choice-set", params, extras); }
  get choices() { return (this.params.choices || []).filter((choice) => choice.answers); }
  parts() { return this.choices.flatMap((choice) => [...choice.answers].sort().map(H5P.Question.words)); }
  getMaxScore() { return this.choices.length; }
  getScore() {
    const given = (this.state && this.state.userResponses) || [];
    return this.choices.filter((choice, place) => given[place] === 0).length;
  }
};
