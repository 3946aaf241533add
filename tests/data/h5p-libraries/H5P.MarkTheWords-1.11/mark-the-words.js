H5P.MarkTheWords = class extends H5P.Question {
  constructor(params, id, extras) {
    super("mark-the-words", params, extras);
    const box = document.createElement("template");
    box.innerHTML = this.params.textField || "";
    const texts = document.createTreeWalker(box.content, NodeFilter.SHOW_TEXT);
    this.words = [];
    // Within each piece of text: a word between asterisks with spaces around it, or whatever has no blank in it.
    while (texts.nextNode()) this.words.push(...(texts.currentNode.data.match(/ \*[^* ]+\* |[^\s]+/g) || []));
    this.right = this.words.map((word) => /\*[^*]+\*/.test(word));
  }
  parts() { return this.words.map((word) => word.replace(/\*/g, "")); }
  getMaxScore() { return this.right.filter(Boolean).length || 1; }
  getScore() {
    const good = (this.state || []).filter((place) => this.right[place]).length;
    return Math.max(0, good - ((this.state || []).length - good));
  }
};
