// Several beneath one another: the sum of what each counts.
H5P.Column = class extends H5P.EventDispatcher {
  constructor(params, id, extras) {
    super();
    const state = (extras && extras.previousState) || {};
    this.instances = (params.content || []).map((item, place) =>
      H5P.newRunnable(item.content, id, undefined, true, {
        parent: this, previousState: (state.instances || [])[place],
      }));
  }
  attach($container) {
    this.instances.forEach((instance) => {
      const box = document.createElement("div");
      $container.get(0).appendChild(box);
      instance.attach(H5P.jQuery(box));
    });
  }
  getMaxScore() { return this.instances.reduce((sum, instance) => sum + instance.getMaxScore(), 0); }
  getScore() { return this.instances.reduce((sum, instance) => sum + instance.getScore(), 0); }
};
