// Turns a callflow's document into a tree of nodes with JSON pointers, as the API names the nodes of calls.

/** How deep a tree is drawn; a document may be deeper. */
const MAX_DEPTH = 64;

/** @param nameOf returns the name of a conference, or null */
export function tree(document, nameOf) {
  return document?.flow ? node(document.flow, "/flow", null, 0, nameOf) : null;
}

function node(value, pointer, key, depth, nameOf) {
  const children = depth < MAX_DEPTH && value?.children && typeof value.children === "object" ? value.children : {};
  return {
    pointer,
    key,
    module: typeof value?.module === "string" ? value.module : "(no module)",
    detail: detail(value?.data ?? {}, nameOf),
    children: Object.entries(children).map(([name, child]) =>
      node(child, `${pointer}/children/${name.replaceAll("~", "~0").replaceAll("/", "~1")}`, name, depth + 1, nameOf),
    ),
  };
}

/** Returns the settings that say most about a node. */
function detail(data, nameOf) {
  const name = typeof data.id === "string" ? nameOf(data.id) : null;
  if (name) {
    return name;
  }
  return ["name", "id", "number", "media", "text", "endpoints", "timeout"]
    .filter((key) => ["string", "number"].includes(typeof data[key]))
    .slice(0, 2)
    .map((key) => `${key} ${data[key]}`)
    .join(" · ");
}
