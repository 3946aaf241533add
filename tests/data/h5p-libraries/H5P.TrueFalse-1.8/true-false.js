H5P.TrueFalse = class extends H5P.Question {
  constructor(params, id, extras) { super("true-false", params, extras); }
  parts() { return ["true", "false"]; }
  getMaxScore() { return 1; }
  getScore() {
    const answer = this.state && this.state.answer;
    return typeof answer === "boolean" && answer === (this.params.correct === "true") ? 1 : 0;
  }
};
