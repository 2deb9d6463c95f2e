// Shows what is typed as a password, and copies what is shown once. Without scripts these buttons stay away.
"use strict";
(() => {
  for (const button of document.querySelectorAll("[data-shows]")) {
    const field = document.getElementById(button.dataset.shows);
    const show = button.textContent;
    button.hidden = false;
    button.addEventListener("click", () => {
      const shown = field.type === "text";
      field.type = shown ? "password" : "text";
      button.textContent = shown ? show : button.dataset.hide;
    });
    field.form.addEventListener("submit", () => {
      field.type = "password"; // so that the browser does not keep it among what was typed
    });
  }
  for (const button of navigator.clipboard ? document.querySelectorAll("[data-copies]") : []) {
    const from = document.getElementById(button.dataset.copies);
    const told = document.createElement("span");
    told.setAttribute("role", "status");
    button.hidden = false;
    button.after(" ", told);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(from.innerText.trim());
      told.textContent = button.dataset.done;
    });
  }
})();
