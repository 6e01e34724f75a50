// Filters rows that are already in the page; it asks nothing of anywhere and writes no markup.
(() => {
  "use strict";
  const THAI_ZERO = "๐".codePointAt(0);
  // As the evidence file is compared: Thai digits as digits, one sort of space, no case.
  const plain = (text) =>
    text
      .normalize("NFKC")
      .replace(/[๐-๙]/g, (digit) => String(digit.codePointAt(0) - THAI_ZERO))
      .replace(/\s+/g, " ")
      .toLowerCase();

  for (const form of document.querySelectorAll("form.filter")) {
    const sheet = document.getElementById(form.dataset.for);
    const rows = [...sheet.querySelectorAll("tr[data-status]")].map((element) => ({
      element,
      text: plain(element.textContent),
      units: element.dataset.units.split(" "),
    }));
    const groups = [...sheet.querySelectorAll("section.group")];
    const said = form.querySelector("output");

    const apply = () => {
      const wanted = new FormData(form);
      const words = plain(wanted.get("text")).split(" ").filter(Boolean);
      const [issue, status, unit] = ["issue", "status", "unit"].map((name) => wanted.get(name));
      let shown = 0;
      for (const { element, text, units } of rows) {
        const fits =
          (!issue || element.dataset.issue === issue) &&
          (!status || element.dataset.status === status) &&
          (!unit || units.includes(unit)) &&
          words.every((word) => text.includes(word));
        element.hidden = !fits;
        shown += fits ? 1 : 0;
      }
      for (const group of groups) {
        group.hidden = !group.querySelector("tr[data-status]:not([hidden])");
      }
      const narrowed = Boolean(words.length || issue || status || unit);
      form.classList.toggle("narrowed", narrowed);
      said.textContent = said.dataset.said
        .replace("{shown}", shown)
        .replace("{all}", rows.length);
    };

    form.addEventListener("input", apply);
    form.addEventListener("submit", (event) => event.preventDefault());
    form.addEventListener("reset", () => setTimeout(apply));
    for (const link of sheet.querySelectorAll("a[data-choose]")) {
      link.addEventListener("click", () => {
        form.reset();
        form.elements.unit.value = link.dataset.choose;
        apply();
      });
    }
    form.hidden = false;
    apply();
  }
})();
