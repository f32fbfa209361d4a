// Files and folders dropped on the screen, or chosen, are sent one after another; the server is told when all are there.
(() => {
  const zone = () => document.querySelector(".drop");
  const holdsFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes("Files");

  const entriesOf = (entry) =>
    new Promise((resolve, reject) => {
      const reader = entry.createReader();
      const all = [];
      const more = () => reader.readEntries((part) => (part.length ? (all.push(...part), more()) : resolve(all)), reject);
      more();
    });
  const filesOf = async (entry, path) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      return [[path + file.name, file]];
    }
    const inside = await entriesOf(entry);
    return (await Promise.all(inside.map((inner) => filesOf(inner, `${path}${entry.name}/`)))).flat();
  };

  const put = (name, file, onPart) =>
    new Promise((resolve) => {
      const request = new XMLHttpRequest();
      request.open("PUT", `/receive?name=${encodeURIComponent(encodeURIComponent(name))}`);
      request.upload.onprogress = (event) => event.lengthComputable && onPart(event.loaded / event.total);
      request.onload = () =>
        resolve(request.status === 200 ? JSON.parse(request.responseText) : { error: request.responseText || name });
      request.onerror = () => resolve({ error: name });
      request.send(file);
    });

  const send = async (files) => {
    if (!files.length) return;
    const bar = zone().querySelector("progress");
    const output = zone().querySelector("output");
    bar.hidden = false;
    const results = [];
    for (const [index, [name, file]] of files.entries()) {
      output.textContent = `${index + 1} / ${files.length}  ${name}`;
      results.push(await put(name, file, (part) => (bar.value = (index + part) / files.length)));
      bar.value = (index + 1) / files.length;
    }
    bar.hidden = true;
    output.textContent = "";
    emitEvent("received", {
      saved: results.filter((result) => result.known === false).length,
      known: results.filter((result) => result.known === true).length,
      errors: results.flatMap((result) => (result.error ? [result.error] : [])),
    });
  };

  document.addEventListener("dragover", (event) => {
    if (!zone() || !holdsFiles(event)) return;
    event.preventDefault();
    zone().classList.add("over");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || zone()?.classList.remove("over"));
  document.addEventListener("drop", async (event) => {
    if (!zone() || !holdsFiles(event)) return;
    event.preventDefault();
    zone().classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    const plain = [...event.dataTransfer.files].map((file) => [file.name, file]);
    send(entries.length ? (await Promise.all(entries.map((entry) => filesOf(entry, "")))).flat() : plain);
  });
  document.addEventListener("change", (event) => {
    if (!event.target.matches?.(".drop input[type=file]")) return;
    send([...event.target.files].map((file) => [file.webkitRelativePath || file.name, file]));
  });
})();
