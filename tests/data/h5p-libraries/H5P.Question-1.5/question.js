// What the test types share: they show what is asked with plain controls, keep a state, and count for themselves.
var H5P = H5P || {};

H5P.Question = class extends H5P.EventDispatcher {
  constructor(type, params, extras) {
    super();
    this.type = type;
    this.params = params || {};
    this.state = extras && extras.previousState;
  }
  attach($container) {
    const box = document.createElement("section");
    box.dataset.type = this.type;
    this.show(box);
    $container.get(0).appendChild(box);
  }
  show(box) {
    box.innerHTML = this.params.question || this.params.text || this.params.taskDescription || this.params.intro || "";
    this.parts().forEach((part) => {
      const line = document.createElement("p");
      line.dataset.part = "";
      line.textContent = part;
      box.appendChild(line);
    });
  }
  parts() { return []; }
  getCurrentState() { return this.state; }
  getAnswerGiven() { return this.state !== undefined; }
  showSolutions() {}
  resetTask() { this.state = undefined; }
};

// The words of HTML, entities decoded.
H5P.Question.words = (html) => {
  const box = document.createElement("textarea");
  box.innerHTML = String(html).replace(/<[^>]*>/g, "");
  return box.value;
};
// Pieces between asterisks.
H5P.Question.starred = (text) => [...String(text || "").matchAll(/\*([^*]+)\*/g)].map((match) => match[1]);
