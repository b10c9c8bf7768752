// SHA-256 (FIPS 180-4) in the size that a form page can afford: a library is 1.2 kB larger.

/** The first 32 bits of the fractional parts of the cube roots of the first 64 primes. */
const ROUNDS = Uint32Array.of(
  0x428a2f98,
  0x71374491,
  0xb5c0fbcf,
  0xe9b5dba5,
  0x3956c25b,
  0x59f111f1,
  0x923f82a4,
  0xab1c5ed5,
  0xd807aa98,
  0x12835b01,
  0x243185be,
  0x550c7dc3,
  0x72be5d74,
  0x80deb1fe,
  0x9bdc06a7,
  0xc19bf174,
  0xe49b69c1,
  0xefbe4786,
  0x0fc19dc6,
  0x240ca1cc,
  0x2de92c6f,
  0x4a7484aa,
  0x5cb0a9dc,
  0x76f988da,
  0x983e5152,
  0xa831c66d,
  0xb00327c8,
  0xbf597fc7,
  0xc6e00bf3,
  0xd5a79147,
  0x06ca6351,
  0x14292967,
  0x27b70a85,
  0x2e1b2138,
  0x4d2c6dfc,
  0x53380d13,
  0x650a7354,
  0x766a0abb,
  0x81c2c92e,
  0x92722c85,
  0xa2bfe8a1,
  0xa81a664b,
  0xc24b8b70,
  0xc76c51a3,
  0xd192e819,
  0xd6990624,
  0xf40e3585,
  0x106aa070,
  0x19a4c116,
  0x1e376c08,
  0x2748774c,
  0x34b0bcb5,
  0x391c0cb3,
  0x4ed8aa4a,
  0x5b9cca4f,
  0x682e6ff3,
  0x748f82ee,
  0x78a5636f,
  0x84c87814,
  0x8cc70208,
  0x90befffa,
  0xa4506ceb,
  0xbef9a3f7,
  0xc67178f2,
);
/** The first 32 bits of the fractional parts of the square roots of the first 8 primes. */
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

/** The lower-case hexadecimal SHA-256 of bytes. */
export function sha256(bytes: Uint8Array): string {
  const state = Uint32Array.from(START);
  const message = padded(bytes);
  const words = new Uint32Array(64);
  for (let offset = 0; offset < message.byteLength; offset += 64) {
    for (let i = 0; i < 16; i += 1) words[i] = message.getUint32(offset + 4 * i);
    for (let i = 16; i < 64; i += 1) {
      const early = at(words, i - 15);
      const late = at(words, i - 2);
      const mixed = rotate(early, 7) ^ rotate(early, 18) ^ (early >>> 3);
      words[i] = at(words, i - 16) + mixed + at(words, i - 7) + (rotate(late, 17) ^ rotate(late, 19) ^ (late >>> 10));
    }
    const registers = Uint32Array.from(state); // a to h in the specification
    for (let i = 0; i < 64; i += 1) {
      const early = at(registers, 0);
      const late = at(registers, 4);
      const chosen = (late & at(registers, 5)) ^ (~late & at(registers, 6));
      const majority = (early & at(registers, 1)) ^ (early & at(registers, 2)) ^ (at(registers, 1) & at(registers, 2));
      const lateSum = rotate(late, 6) ^ rotate(late, 11) ^ rotate(late, 25);
      const earlySum = rotate(early, 2) ^ rotate(early, 13) ^ rotate(early, 22);
      const added = at(registers, 7) + lateSum + chosen + at(ROUNDS, i) + at(words, i);
      registers.copyWithin(1, 0);
      registers[4] = at(registers, 4) + added;
      registers[0] = added + earlySum + majority;
    }
    for (let i = 0; i < 8; i += 1) state[i] = at(state, i) + at(registers, i);
  }
  return Array.from(state, (word) => word.toString(16).padStart(8, "0")).join("");
}

const at = (words: Uint32Array, index: number): number => words[index] as number;
const rotate = (word: number, bits: number): number => (word >>> bits) | (word << (32 - bits));

/** The bytes with a final bit, zeros, and their length in bits, in whole blocks of 64 bytes. */
function padded(bytes: Uint8Array): DataView {
  const message = new Uint8Array(Math.ceil((bytes.length + 9) / 64) * 64);
  message.set(bytes);
  message[bytes.length] = 0x80;
  const view = new DataView(message.buffer);
  view.setUint32(message.length - 8, bytes.length / 0x2000_0000);
  view.setUint32(message.length - 4, bytes.length * 8);
  return view;
}
