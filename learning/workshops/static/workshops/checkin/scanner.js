// The camera, and what it reads. Where the browser reads squares itself it does; otherwise our decoder is fetched.

const EVERY = 120; // milliseconds between two pictures that are looked at
const AGAIN = 3_000; // milliseconds in which the same square counts once
const WIDTH = 720; // pixels of the picture that is looked at: enough for a ticket that fills a third of it

export async function readsItself() {
  const formats = await globalThis.BarcodeDetector?.getSupportedFormats().catch(() => []);
  return Boolean(formats?.includes("qr_code"));
}

async function detector(decoder) {
  const Detector = (await readsItself()) ? globalThis.BarcodeDetector : (await import(decoder)).BarcodeDetector;
  return new Detector({ formats: ["qr_code"] });
}

export class Scanner {
  #last = { text: "", at: 0 };

  constructor(video, decoder, found) {
    Object.assign(this, { video, decoder, found, stream: null });
  }

  /** Raises what the browser says when there is no camera or it may not be used. */
  async open() {
    this.stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: "environment", width: { ideal: 1280 }, height: { ideal: 720 } },
    });
    try {
      this.detector ??= await detector(this.decoder);
      this.video.srcObject = this.stream;
      await this.video.play();
    } catch (error) {
      this.close();
      throw error;
    }
    this.#watch(this.stream);
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    [this.stream, this.video.srcObject] = [null, null];
  }

  async #watch(stream) {
    const canvas = document.createElement("canvas");
    const context = canvas.getContext("2d", { willReadFrequently: true });
    while (this.stream === stream) {
      const { videoWidth: width, videoHeight: height } = this.video;
      if (width) {
        [canvas.width, canvas.height] = [WIDTH, Math.round((height / width) * WIDTH)];
        context.drawImage(this.video, 0, 0, canvas.width, canvas.height);
        const [square] = await this.detector.detect(canvas).catch(() => []);
        if (square && this.stream === stream) this.#take(square.rawValue);
      }
      await new Promise((done) => setTimeout(done, EVERY));
    }
  }

  #take(text) {
    const isSame = text === this.#last.text && Date.now() - this.#last.at < AGAIN;
    this.#last = { text, at: Date.now() };
    if (!isSame) this.found(text);
  }
}
