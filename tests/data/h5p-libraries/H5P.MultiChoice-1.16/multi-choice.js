H5P.MultiChoice = class extends H5P.Question {
  constructor(params, id, extras) { super("multi-choice", params, extras); }
  get answers() { return this.params.answers || []; }
  get right() { return this.answers.filter((answer) => answer.correct).length; }
  get behaviour() { return { type: "auto", singlePoint: true, passPercentage: 100, ...this.params.behaviour }; }
  get isSingle() { return this.behaviour.type === "single" || (this.behaviour.type === "auto" && this.right === 1); }
  parts() { return this.answers.map((answer) => H5P.Question.words(answer.text)); }
  getMaxScore() { return this.isSingle || this.behaviour.singlePoint || !this.right ? 1 : this.right; }
  getScore() {
    const chosen = (this.state && this.state.answers) || [];
    const good = chosen.filter((place) => this.answers[place].correct).length;
    if (this.isSingle) return good ? 1 : 0;
    if (!this.right) return chosen.length ? 0 : 1;
    const points = Math.max(0, good - (chosen.length - good));
    if (!this.behaviour.singlePoint) return points;
    return (100 * points) / this.right >= this.behaviour.passPercentage ? 1 : 0;
  }
};
