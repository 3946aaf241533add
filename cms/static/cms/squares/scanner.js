// The camera, and what it reads. Where the browser reads squares itself it does; otherwise our decoder is fetched.

const EVERY = 120; // milliseconds between two pictures that are looked at
const AGAIN = 3_000; // milliseconds in which the same square counts once
const WIDTH = 720; // pixels of the picture that is looked at: enough for a ticket that fills a third of it
const WIDTHS = [4096, 2400, 1200]; // pixels at which a whole photograph is looked at, until something is found
const MOST = 4; // squares in one photograph

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

  /** Where several squares are seen at once, one that is `wanted` goes before the others. */
  constructor(video, decoder, found, { wanted = () => true, width = WIDTH } = {}) {
    Object.assign(this, { video, decoder, found, wanted, width, stream: null });
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
        [canvas.width, canvas.height] = [this.width, Math.round((height / width) * this.width)];
        context.drawImage(this.video, 0, 0, canvas.width, canvas.height);
        const squares = await this.detector.detect(canvas).catch(() => []);
        const square = squares.find(({ rawValue }) => this.wanted(rawValue)) ?? squares[0];
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

/** The texts of the squares in a photograph, a wanted one first; raises for a file that is no picture. */
export async function squaresIn(file, decoder, wanted) {
  const picture = await createImageBitmap(file);
  const reader = await detector(decoder);
  const found = new Set();
  for (const most of WIDTHS.filter((width, place) => !place || width < picture.width)) {
    const canvas = document.createElement("canvas");
    const scale = Math.min(1, most / Math.max(picture.width, picture.height));
    [canvas.width, canvas.height] = [Math.round(picture.width * scale), Math.round(picture.height * scale)];
    const context = canvas.getContext("2d", { willReadFrequently: true });
    context.fillStyle = "white";
    context.drawImage(picture, 0, 0, canvas.width, canvas.height);
    for (let tries = 0; tries < MOST; tries += 1) {
      const squares = await reader.detect(canvas).catch(() => []);
      for (const { rawValue, boundingBox: box } of squares) {
        found.add(rawValue);
        context.fillRect(box.x, box.y, box.width, box.height); // our decoder gives one at a time: what is read makes way
      }
      if (!squares.length || squares.some(({ rawValue }) => wanted(rawValue))) break;
    }
    if ([...found].some(wanted)) break;
  }
  return [...found].sort((one, other) => wanted(other) - wanted(one));
}
