// The keyboard of the review queue. Without this file the page is a plain form.
"use strict";
(() => {
  const form = document.getElementById("answers");
  if (!form) return;
  const why = document.getElementById("why");
  const options = [...form.querySelectorAll("[data-key]")];

  // Only what the chosen answer needs is asked for.
  const showNeeded = () => {
    const chosen = options.find((each) => each.checked);
    for (const label of form.querySelectorAll("[data-for]")) {
      const needed = Boolean(chosen) && label.dataset.for === chosen.dataset.needs;
      label.hidden = !needed;
      for (const field of label.querySelectorAll("input, select")) {
        field.disabled = !needed;
        field.required = needed && field.name !== "until";
      }
    }
  };
  form.addEventListener("change", showNeeded);
  showNeeded();

  const choose = (option) => {
    option.checked = true;
    showNeeded();
    const given = form.querySelector("[data-for]:not([hidden]) input, [data-for]:not([hidden]) select");
    (given || option).focus();
  };

  const isWriting = (target) =>
    target.matches("textarea, select, input:not([type=radio])") || target.isContentEditable;

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.key === "Escape" && isWriting(event.target)) {
      event.target.blur();
      return;
    }
    if (event.target === why && event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (isWriting(event.target)) return;
    const option = options.find((each) => each.dataset.key === event.key);
    if (option) {
      event.preventDefault();
      choose(option);
    } else if (event.key === "w") {
      event.preventDefault();
      why.focus();
      why.select();
    } else if (event.key === "Enter" && !event.target.closest("a, button, summary")) {
      event.preventDefault();
      form.requestSubmit();
    } else if (event.key === "j" || event.key === "k") {
      const link = document.getElementById(event.key === "j" ? "next" : "previous");
      if (link) link.click();
    }
  });

  form.addEventListener("submit", () => {
    form.querySelector("button[type=submit]").disabled = true; // once
  });
})();
