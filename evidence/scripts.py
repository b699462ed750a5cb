"""The scripts that run inside a page: they read and scroll, they never alter what the page shows.

Each is the text of a JavaScript function for Playwright's `evaluate`. They run in the page's own
world, so whatever they return is attacker data: callers check types and bounds.
"""

SETTLE = r"""
async ([cap, quiet]) => {
  const start = performance.now();
  const left = () => cap - (performance.now() - start);
  const sleep = ms => new Promise(done => setTimeout(done, ms));
  const frame = () => Promise.race([new Promise(done => requestAnimationFrame(() => done())), sleep(60)]);
  const root = document.scrollingElement || document.documentElement;
  if (!root) return;
  const lazy = document.querySelector(
    'img[loading=lazy],iframe[loading=lazy],img[data-src],img[data-original],img[data-lazy],img[lazyload],img[data-url]');
  const step = Math.max(200, Math.floor(innerHeight * 0.8));
  if (root.scrollHeight > innerHeight) {
    for (let y = step, n = 0; y < root.scrollHeight && n < 150 && left() > cap * 0.4; y += step, n++) {
      window.scrollTo({top: y, behavior: 'instant'});
      await frame();
      if (lazy) await sleep(80);
    }
    window.scrollTo({top: 0, behavior: 'instant'});
    await frame();
  }
  const pending = () => Array.prototype.some.call(document.images, image =>
    !image.complete && image.getAttribute('src') && image.getClientRects().length > 0);
  let changed = 0;
  const observer = new MutationObserver(() => { changed = performance.now(); });
  observer.observe(document, {childList: true, subtree: true});
  const since = performance.now();
  while (left() > 0) {
    const still = performance.now() - Math.max(changed, since - quiet / 2) >= quiet;
    const patient = performance.now() - since < 1500;
    if (!pending() && (still || !patient)) break;
    await sleep(25);
  }
  observer.disconnect();
}
"""
"""Scrolls through the page so that lazy content loads, back to the top, then waits for images and for
the document to stop changing; bounded by `cap` milliseconds. A document that never stops changing
(a clock, a carousel) is waited for 1.5 s."""

READ = r"""
() => {
  const root = document.scrollingElement || document.documentElement;
  let type = '';
  if (document.doctype) {
    try { type = new XMLSerializer().serializeToString(document.doctype) + '\n'; }
    catch (error) { type = ''; }
  }
  return {
    title: document.title || '',
    html: type + (document.documentElement ? document.documentElement.outerHTML : ''),
    type: document.contentType || '',
  };
}
"""
"""The rendered document."""

LOCATE = r"""
([texts, href, selector]) => {
  const squeeze = text => (text || '').replace(/[\s\u00a0\u3000\u200b]+/g, '');
  const shown = element => {
    const box = element.getBoundingClientRect();
    if (box.width < 1 || box.height < 1) return false;
    if (box.right + scrollX <= 0 || box.bottom + scrollY <= 0) return false;
    const style = getComputedStyle(element);
    return style.visibility !== 'hidden' && Number(style.opacity) > 0.05;
  };
  const answer = element => {
    let chosen = element;
    const row = element.closest('li,tr,dd,dt,p');
    if (row && row.getBoundingClientRect().height <= 200 && shown(row)) chosen = row;
    else if (!row) {
      const most = Math.max(element.getBoundingClientRect().height * 1.8, 48);
      while (chosen.parentElement && chosen.parentElement !== document.body
             && chosen.parentElement.getBoundingClientRect().height <= most) chosen = chosen.parentElement;
    }
    const box = chosen.getBoundingClientRect();
    return {found: true, shown: shown(element),
            x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height};
  };
  const best = elements => {
    const visible = elements.find(shown);
    return visible || elements[0] || null;
  };
  if (selector === ':foot') {
    const words = new RegExp('ICP备|公网安备|网站标识码|版权所有|技术支持|主办[单位：:]|承办[单位：:]'
      + '|联系我们|联系电话|网站地图|站点地图|©', 'i');
    const tall = Math.max(document.documentElement.scrollHeight, 1);
    const most = Math.max(Math.min(600, tall * 0.45), 60);
    let foot = null;
    const walker = document.createTreeWalker(document.body || document, NodeFilter.SHOW_TEXT);
    for (let n = 0, node = walker.nextNode(); node && n < 50000; n++, node = walker.nextNode()) {
      const parent = node.parentElement;
      if (!parent || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parent.tagName)) continue;
      if (words.test(node.data) && shown(parent)
          && parent.getBoundingClientRect().top + scrollY > tall * 0.4) foot = parent;
    }
    while (foot && foot.parentElement && foot.parentElement !== document.body
           && foot.parentElement.getBoundingClientRect().height <= most) foot = foot.parentElement;
    const box = foot ? foot.getBoundingClientRect() : null;
    const wide = document.documentElement.clientWidth;
    if (box) return {found: true, shown: true,
                     x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height};
    const high = Math.min(180, tall);
    return {found: true, shown: true, x: 6, y: tall - high, width: wide - 12, height: high - 6};
  }
  if (selector === ':row') {
    const plain = text => squeeze((text || '').normalize('NFKC'));
    const wanted = plain(texts[0]);
    const cells = Array.from(document.querySelectorAll('td,th')).slice(0, 20000)
      .filter(cell => !cell.querySelector('table') && shown(cell));
    const figures = cell => cell.parentElement ? Array.from(cell.parentElement.children)
      .filter(one => /^[-+]?[\d,.]+$/.test(plain(one.innerText))).length : 0;
    const ranked = test => cells.filter(cell => test(plain(cell.innerText)))
      .map(cell => ({cell, n: figures(cell), wide: cell.colSpan}))
      .sort((a, b) => b.n - a.n || b.wide - a.wide);
    const near = ranked(text => text === wanted)[0] || ranked(text => wanted && text.includes(wanted))[0];
    if (!near) return {found: false};
    const row = near.cell.parentElement.getBoundingClientRect();
    const over = near.cell.getBoundingClientRect();
    const table = near.cell.closest('table').getBoundingClientRect();
    const box = near.n > 0 ? row : {left: over.left, top: over.top, width: over.width,
                                    height: Math.max(table.bottom - over.top, over.height)};
    return {found: true, shown: true,
            x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height};
  }
  if (selector) {
    let found = null;
    try { found = best(Array.from(document.querySelectorAll(selector)).slice(0, 500)); }
    catch (error) { found = null; }
    if (found) return answer(found);
  }
  if (href) {
    const plain = address => {
      try {
        const url = new URL(address, document.baseURI);
        url.hash = '';
        url.pathname = url.pathname.replace(/\/(index|default)\.(s?html?|jsp|aspx?|php|do)$/i, '/');
        return url.href.replace(/\/$/, '');
      }
      catch (error) { return address; }
    };
    const wanted = plain(href);
    const bearers = Array.from(document.querySelectorAll(
      'a[href],area[href],iframe[src],script[src],img[src],form[action]'));
    const bearing = bearers.slice(0, 20000).filter(element =>
      plain(element.href || element.src || element.action || '') === wanted);
    const worded = bearing.filter(element => texts.some(text =>
      squeeze((element.closest('li,tr,dd,dt,p') || element).innerText).includes(squeeze(text))));
    const found = best(worded.filter(shown)) || best(bearing);
    if (found) return answer(found);
  }
  for (const text of texts) {
    const wanted = squeeze(text);
    if (!wanted || !document.body) continue;
    // Parts of a date that stand one upon the other: figures of other things may meet in the same way.
    const whole = /^(\d{2}|\d{4})\D\d{1,2}\D\d{1,2}日?$/;
    const loose = /^[\d\-\/.年月日]{8,}$/.test(wanted) && !whole.test(wanted);
    const fits = text => text.includes(wanted) && (!loose || text.length <= wanted.length + 3);
    const hits = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let n = 0; n < 50000 && hits.length < 200; n++) {
      const node = walker.nextNode();
      if (!node) break;
      const parent = node.parentElement;
      if (!parent || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parent.tagName)) continue;
      if (fits(squeeze(node.data))) hits.push(parent);
    }
    const near = best(hits);
    if (near) return answer(near);
    let place = document.body;
    if (!squeeze(place.innerText).includes(wanted)) continue;
    for (let depth = 0; depth < 60; depth++) {
      const inner = Array.from(place.children).find(child =>
        child instanceof HTMLElement && squeeze(child.innerText).includes(wanted) && shown(child));
      if (!inner) break;
      place = inner;
    }
    if (place !== document.body && fits(squeeze(place.innerText))) return answer(place);
  }
  return {found: false};
}
"""
"""Where an element stands on the page, by selector, by the address it links, or by its words."""

COVER = r"""
([secrets, numbers]) => {
  const boxes = [], missing = [];
  if (!document.body) return {boxes, missing: secrets};
  const pieces = [];
  let text = '';
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node && text.length < 600000; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!parent || /^(SCRIPT|STYLE|NOSCRIPT|TEMPLATE)$/.test(parent.tagName)) continue;
    for (let at = 0; at < node.data.length; at++) {
      if (/[\s\u00a0\u3000\u200b]/.test(node.data[at])) continue;
      pieces.push([node, at]);
      text += node.data[at];
    }
  }
  const cover = (from, size) => {
    const range = document.createRange();
    const [first, start] = pieces[from], [last, end] = pieces[from + size - 1];
    range.setStart(first, start);
    range.setEnd(last, end + 1);
    for (const box of range.getClientRects())
      if (box.width > 0 && box.height > 0 && boxes.length < 4000)
        boxes.push({x: box.left + scrollX, y: box.top + scrollY, width: box.width, height: box.height});
  };
  if (numbers) {
    for (const found of text.matchAll(/\d{11,}[Xx]?|1[3-9]\d[-\u2014\uff0d]\d{4}[-\u2014\uff0d]\d{4}/g)) {
      // The police record's number in the page's foot is no secret of anybody's.
      if (!text.slice(0, found.index).endsWith('公网安备')) cover(found.index, found[0].length);
    }
  }
  for (const secret of secrets) {
    const wanted = secret.replace(/[\s\u00a0\u3000\u200b]+/g, '');
    let from = wanted ? text.indexOf(wanted) : -1;
    if (from < 0) missing.push(secret);
    while (from >= 0 && boxes.length < 2000) {
      cover(from, wanted.length);
      from = text.indexOf(wanted, from + wanted.length);
    }
  }
  return {boxes, missing};
}
"""
"""The boxes that cover every occurrence of some strings (and, if asked, every number as long as those of
persons, cards and telephones), and the strings that were not found."""
