// Names for what the components leave without one: the parts of an upload are called by its title, a page's picture by its frame.
const name = () => {
  for (const upload of document.querySelectorAll(".q-uploader")) {
    const title = upload.querySelector(".q-uploader__title")?.textContent || "";
    for (const part of upload.querySelectorAll(".q-btn, input"))
      if (title && !part.hasAttribute("aria-label")) part.setAttribute("aria-label", title);
  }
  for (const picture of document.querySelectorAll(".page-frame img:not([alt])")) picture.alt = "";
};
new MutationObserver(name).observe(document, { childList: true, subtree: true });
name();
