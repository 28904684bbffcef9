"use strict";
const drop = document.querySelector(".drop");
if (drop && window.crypto && crypto.subtle) {
  const area = document.getElementById("check");
  const told = document.getElementById("told");
  area.hidden = false;
  const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
  const check = async (file) => {
    if (!file) return;
    told.className = "";
    told.textContent = drop.dataset.counting;
    const mark = hex(await crypto.subtle.digest("SHA-256", await file.arrayBuffer()));
    let found = false;
    for (const row of document.querySelectorAll("li[data-marks]")) {
      const same = row.dataset.marks.split(" ").includes(mark);
      row.classList.toggle("found", same);
      found = found || same;
    }
    told.className = found ? "good" : "bad";
    told.textContent = (found ? drop.dataset.found : drop.dataset.missing) + " " + mark;
  };
  const input = drop.querySelector("input");
  input.addEventListener("change", () => check(input.files[0]).catch(() => { told.textContent = drop.dataset.failed; }));
  for (const name of ["dragover", "dragleave", "drop"]) {
    document.addEventListener(name, (event) => {
      event.preventDefault();
      drop.classList.toggle("over", name === "dragover");
      if (name === "drop") check(event.dataTransfer.files[0]).catch(() => { told.textContent = drop.dataset.failed; });
    });
  }
}
