// Files are dropped on the page, and how far they are is shown while they are sent. Without script the form does the same.
"use strict";

const form = document.querySelector("[data-send]");
const input = form.querySelector("input[type=file]");
const list = form.querySelector("[data-list]");
const fault = form.querySelector("[data-fault]");
const progress = form.querySelector("[data-progress]");
const bar = progress.querySelector("progress");
const what = progress.querySelector("[data-what]");
const button = form.querySelector("button");
document.documentElement.classList.add("scripted");

const sized = (bytes) =>
  bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1e3))} KB` : `${(bytes / 1e6).toFixed(1)} MB`;

const show = () => {
  list.replaceChildren(
    ...Array.from(input.files, (file) => {
      const item = document.createElement("li");
      item.textContent = `${file.name}, ${sized(file.size)}`;
      return item;
    }),
  );
};

const fail = (text) => {
  fault.textContent = text;
  fault.hidden = false;
  progress.hidden = true;
  button.disabled = false;
};

input.addEventListener("change", show);
for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    event.preventDefault();
    form.classList.add("over");
  });
}
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) form.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  form.classList.remove("over");
  if (event.dataTransfer.files.length) {
    input.files = event.dataTransfer.files;
    show();
    button.focus();
  }
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const request = new XMLHttpRequest();
  request.open("POST", form.action);
  request.upload.addEventListener("progress", (at) => {
    if (!at.lengthComputable) return;
    bar.value = (100 * at.loaded) / at.total;
    what.textContent = `${sized(at.loaded)} of ${sized(at.total)} sent`;
  });
  request.addEventListener("load", () => {
    if (request.status < 400) {
      location.assign(request.responseURL);
      return;
    }
    const page = new DOMParser().parseFromString(request.responseText, "text/html");
    fail(page.querySelector(".basis")?.textContent ?? "The files were refused.");
  });
  request.addEventListener("error", () => fail("The connection was lost. Send the files again."));
  fault.hidden = true;
  progress.hidden = false;
  what.textContent = "Sending";
  button.disabled = true;
  request.send(new FormData(form));
});
