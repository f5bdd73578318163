"use client";

let context: AudioContext | null = null;

const NOTES_HZ = [660, 880];
const NOTE_SECONDS = 0.16;
const LOUDNESS = 0.12;

/** Two short notes, made in the browser. A browser that wants a click first stays silent until there was one. */
export function chime(): void {
  if (typeof AudioContext === "undefined") {
    return;
  }
  context ??= new AudioContext();
  const held = context;
  held.resume().then(
    () => NOTES_HZ.forEach((hertz, index) => void play(held, hertz, index * NOTE_SECONDS)),
    () => null,
  );
}

function play(held: AudioContext, hertz: number, afterSeconds: number): void {
  const tone = held.createOscillator();
  const volume = held.createGain();
  const begin = held.currentTime + afterSeconds;
  tone.frequency.value = hertz;
  // Rising and falling softly: a tone that is cut off clicks.
  volume.gain.setValueAtTime(0, begin);
  volume.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02);
  volume.gain.linearRampToValueAtTime(0, begin + NOTE_SECONDS);
  tone.connect(volume).connect(held.destination);
  tone.start(begin);
  tone.stop(begin + NOTE_SECONDS);
}
