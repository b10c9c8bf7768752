// Downloads files, and receives files that are dropped on the page.

/** Offers a file for download. The browser decides whether and where to write it. */
export function download(content: Blob, name: string): void {
  const url = URL.createObjectURL(content);
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read the blob only after the person has confirmed.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}

/** Whether a file is a table, by its name; kinds that cannot be read are named when it is opened. */
export function isTableFile({ name }: File): boolean {
  return /\.(csv|tsv|txt|xlsx|xlsm|xlsb|xls|ods)$/i.test(name);
}

/**
 * Opens files that are dropped anywhere on the page. Without this the browser would leave the page to show the file.
 *
 * @param message Text shown while a file is dragged over the page
 */
export function onFileDrop(message: string, open: (file: File) => void, signal: AbortSignal): void {
  const hasFiles = (event: DragEvent): boolean => event.dataTransfer?.types.includes("Files") ?? false;
  const { dataset } = document.documentElement;
  const leave = (): void => void delete dataset["drop"];
  document.addEventListener(
    "dragover",
    (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      dataset["drop"] = message;
    },
    { signal },
  );
  // relatedTarget is the element that is entered; it is empty only when the page is left.
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
