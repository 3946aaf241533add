H5P.Blanks = class extends H5P.Question {
  constructor(params, id, extras) {
    super("blanks", params, extras);
    // The tip begins at the first colon; alternatives stand between slashes, and are decoded after that.
    this.gaps = (this.params.questions || []).flatMap((text) => H5P.Question.starred(text)).map((gap) =>
      gap.split(":")[0].split("/").map((word) => H5P.Question.words(word).trim()));
  }
  parts() { return this.gaps.map(() => "____"); }
  getMaxScore() { return this.gaps.length; }
  getScore() {
    const given = Array.isArray(this.state) && this.state.length === this.gaps.length ? this.state : [];
    const minds = !this.params.behaviour || this.params.behaviour.caseSensitive !== false;
    const plain = (word) => (minds ? word.trim() : word.trim().toLowerCase());
    return this.gaps.filter((words, place) =>
      given[place] !== undefined && words.map(plain).includes(plain(H5P.Question.words(given[place])))).length;
  }
};
