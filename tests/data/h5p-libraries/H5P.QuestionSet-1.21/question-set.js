// Several in one: the sum of what each counts. `content` gives the pieces, `states` their states.
H5P.QuestionSet = class extends H5P.EventDispatcher {
  constructor(params, id, extras) {
    super();
    const state = (extras && extras.previousState) || {};
    this.passPercentage = params.passPercentage === undefined ? 50 : params.passPercentage;
    this.instances = (params.questions || []).map((question, place) =>
      H5P.newRunnable(question, id, undefined, true, { parent: this, previousState: (state.answers || [])[place] }));
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
