const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** As many bytes as a number takes at most. */
const NUMBER_SIZE: u32 = 7;

/** Bytes that are written one after another. */
export class Output {
  bytes: StaticArray<u8> = new StaticArray<u8>(1 << 16);
  length: u32 = 0;
  private readonly digits: StaticArray<u8> = new StaticArray<u8>(DIGITS.length);

  constructor() {
    for (let index = 0; index < DIGITS.length; index++) this.digits[index] = <u8>DIGITS.charCodeAt(index);
  }

  /** Make space for so many numbers. */
  needNumbers(count: u32): void {
    this.need(count * NUMBER_SIZE);
  }

  /** Write a byte for which there is space. */
  writeByte(byte: u32): void {
    unchecked((this.bytes[this.length++] = <u8>byte));
  }

  /** Write characters of ASCII. */
  writeText(text: string): void {
    this.need(text.length);
    for (let index = 0; index < text.length; index++) this.bytes[this.length++] = <u8>text.charCodeAt(index);
  }

  writeBytes(source: StaticArray<u8>, start: u32, end: u32): void {
    this.need(end - start);
    for (let index = start; index < end; index++) this.bytes[this.length++] = source[index];
  }

  /**
   * Write a number for which there is space: five bits in a digit, the lowest first; 32 is added where more follow.
   *
   * @param length the length of the output, which a loop keeps to itself
   * @returns the length with the number
   */
  writeNumber(number: u32, length: u32): u32 {
    const bytes = this.bytes;
    const digits = this.digits;
    while (number > 31) {
      unchecked((bytes[length++] = unchecked(digits[(number & 31) | 32])));
      number >>= 5;
    }
    unchecked((bytes[length++] = unchecked(digits[number])));
    return length;
  }

  /** Make space for so many bytes. */
  need(size: u32): void {
    if (this.length + size <= <u32>this.bytes.length) return;
    const bytes = new StaticArray<u8>(2 * (this.length + size));
    memory.copy(changetype<usize>(bytes), changetype<usize>(this.bytes), this.length);
    this.bytes = bytes;
  }
}
