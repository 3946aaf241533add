H5P.DragQuestion = class extends H5P.Question {
  constructor(params, id, extras) {
    super("drag-question", params, extras);
    const task = (this.params.question && this.params.question.task) || {};
    this.elements = task.elements || [];
    this.zones = task.dropZones || [];
  }
  show(box) {
    const { background } = (this.params.question && this.params.question.settings) || {};
    if (background) box.dataset.background = background.path;
  }
  right(element) { return this.zones.filter((zone) => (zone.correctElements || []).includes(String(element))).length; }
  get possible() {
    return this.elements.reduce((sum, element, place) =>
      sum + (element.multiple ? this.right(place) : Math.min(1, this.right(place))), 0);
  }
  getMaxScore() { return this.params.behaviour && this.params.behaviour.singlePoint ? 1 : this.possible || 1; }
  getScore() {
    if (!this.possible) return 1;
    const { applyPenalties = true, singlePoint = false } = this.params.behaviour || {};
    let points = 0;
    ((this.state && this.state.answers) || []).forEach((places, element) => (places || []).forEach((place) => {
      const zone = this.zones[place.dz];
      const good = zone && (zone.correctElements || []).includes(String(element));
      points += good ? 1 : applyPenalties ? -1 : 0;
    }));
    return singlePoint ? (points === this.possible ? 1 : 0) : Math.max(0, points);
  }
};
