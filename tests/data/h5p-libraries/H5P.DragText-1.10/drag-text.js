H5P.DragText = class extends H5P.Question {
  constructor(params, id, extras) {
    super("drag-text", params, extras);
    const word = (piece) => H5P.Question.words(piece.split(/:|\\[+-]/)[0]).trim();
    this.gaps = H5P.Question.starred(this.params.textField).map(word);
    this.words = [...this.gaps, ...H5P.Question.starred(this.params.distractors).map(word)];
  }
  parts() { return this.words; }
  getMaxScore() { return this.gaps.length; }
  getScore() {
    return (this.state || []).filter((drop) => this.words[drop.draggable] === this.gaps[drop.droppable]).length;
  }
};
