// Which sections hold which two characters: a query reads the shortest of these lists, and looks
// at the text of those sections only.

/** Lists of sections by character and by pair of characters. Filled section by section. */
export class Postings {
  private readonly lists = new Map<number, number[]>();

  /** Takes in one section; numbers have to come in ascending order. */
  add(section: number, text: string): void {
    let before = 0;
    for (let at = 0; at < text.length; at += 1) {
      const code = text.charCodeAt(at);
      this.put(code, section);
      if (at > 0) this.put((before << 16) | code, section);
      before = code;
    }
  }

  private put(key: number, section: number): void {
    const list = this.lists.get(key);
    if (list === undefined) this.lists.set(key, [section]);
    else if (list[list.length - 1] !== section) list.push(section);
  }

  /** Sections that may hold `text`: every one that does is among them. */
  candidates(text: string): readonly number[] {
    if (text.length === 1) return this.lists.get(text.charCodeAt(0)) ?? [];
    let shortest: readonly number[] | undefined;
    for (let at = 1; at < text.length; at += 1) {
      const list = this.lists.get((text.charCodeAt(at - 1) << 16) | text.charCodeAt(at));
      if (list === undefined) return [];
      if (shortest === undefined || list.length < shortest.length) shortest = list;
    }
    return shortest ?? [];
  }
}
