// A short sound and a shake for each answer, so that nobody has to look at the phone to know.

const TONES = { good: [[880, 0.12]], note: [[520, 0.12], [520, 0.12]], no: [[220, 0.45]] }; // hertz, seconds
const SHAKES = { good: [60], note: [60, 80, 60], no: [300] }; // milliseconds
const GAP = 0.08; // seconds
let context = null;

export function ring(tone, isLoud) {
  navigator.vibrate?.(SHAKES[tone]);
  if (!isLoud) return;
  try {
    context ??= new AudioContext();
    if (context.state === "suspended") context.resume();
    let at = context.currentTime;
    for (const [pitch, length] of TONES[tone]) {
      const [sound, volume] = [context.createOscillator(), context.createGain()];
      sound.frequency.value = pitch;
      volume.gain.setValueAtTime(0.2, at);
      volume.gain.exponentialRampToValueAtTime(0.001, at + length);
      sound.connect(volume).connect(context.destination);
      sound.start(at);
      sound.stop(at + length);
      at += length + GAP;
    }
  } catch {
    // a device without sound
  }
}
