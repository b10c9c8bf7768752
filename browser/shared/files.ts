// Handing files to the browser and taking files from it.

/** Offers a file to be downloaded. Whether and where it is written is up to the browser. */
export function download(content: Blob, name: string): void {
  const address = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers fetch the blob only after a question to the person.
  setTimeout(() => URL.revokeObjectURL(address), 60_000);
}

/** Whether a file is a table made by another program, by its name. */
export function isTable({ name }: File): boolean {
  return /\.(csv|xlsx)$/i.test(name);
}

/**
 * Opens files that are dropped anywhere on the page, which says `words` while one is held over it. Without this the browser would leave the page
 * to show the file.
 */
export function onFileDrop(words: string, open: (file: File) => void, signal: AbortSignal): void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const { dataset } = document.documentElement;
  const leave = (): void => void delete dataset["drop"];
  document.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      dataset["drop"] = words;
    },
    { signal },
  );
  // Leaving one element for another has that other one; only leaving the page has none.
  document.addEventListener("dragleave", (event) => event.relatedTarget ?? leave(), { signal });
  document.addEventListener(
    "drop",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      leave();
      const file = event.dataTransfer?.files[0];
      if (file) open(file);
    },
    { signal },
  );
}
