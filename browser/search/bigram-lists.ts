// An inverted index of the titles and names: a query reads the shortest of the lists of its bigrams, and searches the
// titles and names of those sections only.

/** The lists: numbers of sections by character and by bigram. */
export class BigramLists {
  private readonly lists = new Map<number, number[]>();

  /** Adds a section; numbers have to be added in ascending order. */
  add(section: number, text: string): void {
    let previous = 0;
    for (let index = 0; index < text.length; index += 1) {
      const code = text.charCodeAt(index);
      this.put(code, section);
      if (index > 0) this.put((previous << 16) | code, section);
      previous = code;
    }
  }

  private put(key: number, section: number): void {
    const list = this.lists.get(key);
    if (list === undefined) this.lists.set(key, [section]);
    else if (list[list.length - 1] !== section) list.push(section);
  }

  /** The sections that may contain a text: a superset of those that do. */
  candidates(text: string): readonly number[] {
    if (text.length === 1) return this.lists.get(text.charCodeAt(0)) ?? [];
    let shortest: readonly number[] | undefined;
    for (let index = 1; index < text.length; index += 1) {
      const list = this.lists.get((text.charCodeAt(index - 1) << 16) | text.charCodeAt(index));
      if (list === undefined) return [];
      if (shortest === undefined || list.length < shortest.length) shortest = list;
    }
    return shortest ?? [];
  }
}
