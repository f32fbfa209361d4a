// Filters for long lists. Without script the lists are whole and the filters stay hidden.
"use strict";
for (const form of document.querySelectorAll("form[data-filter]")) {
  const rows = [...document.querySelectorAll(`table[data-list="${form.dataset.filter}"] tbody tr`)];
  const output = form.querySelector("output");
  for (const name of ["vendor", "kind"]) {
    for (const value of new Set(rows.map((row) => row.dataset[name]))) {
      const option = document.createElement("option");
      option.value = value;
      option.textContent = value;
      form.elements[name].append(option);
    }
  }
  const show = () => {
    const { text, vendor, kind } = form.elements;
    const wanted = text.value.normalize("NFKC").toLowerCase();
    let shown = 0;
    for (const row of rows) {
      row.hidden =
        (vendor.value !== "" && row.dataset.vendor !== vendor.value) ||
        (kind.value !== "" && row.dataset.kind !== kind.value) ||
        !row.textContent.normalize("NFKC").toLowerCase().includes(wanted);
      shown += row.hidden ? 0 : 1;
    }
    output.textContent = output.dataset.shown.replace("#shown#", shown).replace("#all#", rows.length);
  };
  form.addEventListener("input", show);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.hidden = false;
  show();
}
