/** Keeps what a page shows up to date: asks for the page again when the server says that something has changed. */
const region = document.querySelector("[data-live]");

if (region instanceof HTMLElement) follow(region);

/** @param {HTMLElement} region */
function follow(region) {
  const stream = new EventSource(region.dataset.live ?? "");
  let isStale = false;
  let isBusy = false;

  const refresh = async () => {
    isStale = true;
    if (isBusy) return;
    isBusy = true;
    while (isStale) {
      isStale = false;
      await update(region);
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
    isBusy = false;
  };

  stream.onmessage = refresh;
  // What happened while the connection was down, or before it stood, was not announced.
  stream.onopen = refresh;
  stream.onerror = () => {
    if (stream.readyState === EventSource.CLOSED) location.reload();
  };
}

/** @param {HTMLElement} region */
async function update(region) {
  const response = await fetch(location.href).catch(() => undefined);
  if (response === undefined) return;
  if (!response.ok || response.redirected) {
    location.reload();
    return;
  }
  const text = await response.text();
  const fresh = new DOMParser().parseFromString(text, "text/html").querySelector("[data-live]");
  if (fresh === null || fresh.innerHTML === region.innerHTML) return;
  const known = new Map([...region.querySelectorAll("[data-key]")].map((one) => [keyOf(one), contentOf(one)]));
  for (const one of fresh.querySelectorAll("[data-key]")) {
    if (known.get(keyOf(one)) !== contentOf(one)) one.classList.add("changed");
  }
  const { scrollX, scrollY } = window;
  const focused = region.contains(document.activeElement) ? document.activeElement?.getAttribute("href") : undefined;
  region.replaceChildren(...fresh.childNodes);
  for (const link of region.querySelectorAll("a")) if (link.getAttribute("href") === focused) link.focus();
  window.scrollTo(scrollX, scrollY);
}

/** @param {Element} element */
function keyOf(element) {
  return element.getAttribute("data-key");
}

/** @param {Element} element */
function contentOf(element) {
  return element.textContent;
}
