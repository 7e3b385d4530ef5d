// Judging by keyboard. Without this file every question is shown, and nothing else is lost.
"use strict";
for (const form of document.querySelectorAll("form[data-keys]")) {
  const questions = [...form.querySelectorAll("fieldset.question")];
  const chosen = (id) => form.querySelector(`input[name="q-${id}"]:checked:not(:disabled)`)?.value ?? "";

  // A question that is not asked after the answers before it is hidden, and sends nothing.
  const settle = () => {
    for (const question of questions) {
      const conditions = Object.entries(question.dataset).filter(([key]) => key.startsWith("when"));
      const asked = conditions.every(([, text]) => {
        const [earlier, choices] = text.split("=");
        return choices.split(" ").includes(chosen(earlier));
      });
      question.hidden = question.disabled = !asked;
      if (!conditions.length) continue;
      for (const input of question.querySelectorAll("input")) {
        if (input.value === "") { input.checked = false; input.disabled = true; } else { input.required = true; }
      }
    }
  };
  form.classList.add("scripted");
  form.addEventListener("change", settle);
  settle();

  const open = () => questions.filter((each) => !each.hidden);
  const enter = (question) => (question.querySelector("input:checked") ?? question.querySelector(".option:not(.none) input")).focus();
  const save = () => form.requestSubmit(form.querySelector(".actions button"));

  form.addEventListener("keydown", (event) => {
    if (event.altKey || event.metaKey) return;
    const typing = event.target.matches("textarea, input:not([type=radio])");
    if (event.key === "Enter") {
      if (event.target.matches("a, button, summary")) return;
      if (event.target.matches("textarea") && !event.ctrlKey) return;
      event.preventDefault();
      save();
    } else if (!typing && !event.ctrlKey && /^[1-9]$/.test(event.key)) {
      const asked = open();
      const here = event.target.closest("fieldset.question") ?? asked.find((each) => !each.querySelector("input:checked")) ?? asked[0];
      const input = here.querySelectorAll(".option:not(.none) input")[Number(event.key) - 1];
      if (!input) return;
      event.preventDefault();
      input.checked = true;
      settle();
      const now = open();
      enter(now[now.indexOf(here) + 1] ?? here);
    }
  });

  const first = open().find((each) => !each.querySelector("input:checked")) ?? open()[0];
  if (first && !document.querySelector("[role=alert]")) enter(first);
}
