/**
 * Sends the files of an upload form one by one, so that the page shows how far it is.
 * Without it the form sends all files at once and shows the same results.
 *
 * @example
 * <form method="post" enctype="multipart/form-data" data-upload>
 *   <input type="file" name="files" multiple>
 *   <p data-upload-progress hidden><progress max="1" value="0"></progress> <span></span></p>
 * </form>
 * <div id="upload-results"></div>
 */

/** @param {HTMLFormElement} form @param {File} file @returns {Promise<Element[]>} */
async function send(form, file) {
  const fields = new FormData(form);
  fields.delete("files");
  fields.append("files", file);
  const response = await fetch(form.action || location.href, { method: "POST", body: fields });
  const page = new DOMParser().parseFromString(await response.text(), "text/html");
  return [...page.querySelectorAll("[data-upload-result]")];
}

for (const form of document.querySelectorAll("form[data-upload]")) {
  form.addEventListener("submit", async (event) => {
    const files = [...form.querySelector("input[type=file]").files];
    if (files.length < 2) return;
    event.preventDefault();
    const shown = form.querySelector("[data-upload-progress]");
    const bar = shown.querySelector("progress");
    const text = shown.querySelector("span");
    const results = document.querySelector("#upload-results");
    const button = form.querySelector("button[type=submit]");
    results.replaceChildren();
    shown.hidden = false;
    button.disabled = true;
    bar.max = files.length;
    for (const [index, file] of files.entries()) {
      text.textContent = `${index} / ${files.length} · ${file.name}`;
      try {
        results.append(...(await send(form, file)));
      } catch (error) {
        const line = document.createElement("p");
        line.className = "gk-error";
        line.textContent = `${file.name}: ${error.message}`;
        results.append(line);
      }
      bar.value = index + 1;
    }
    text.textContent = `${files.length} / ${files.length}`;
    button.disabled = false;
  });
}
