// Kubernetes' own types over every document of deploy/: an unknown field, a wrong type or a missing one fails.
// manifests.mjs DEPLOY, run where npm has installed kubernetes-models, typescript and yaml.
import fs from "node:fs";
import path from "node:path";
import ts from "typescript";
import { parseAllDocuments } from "yaml";

const deploy = process.argv[2];

function documents(folder) {
  return fs.readdirSync(folder).filter((name) => /\.(yaml|json)$/.test(name)).sort()
    .flatMap((name) => parseAllDocuments(fs.readFileSync(path.join(folder, name), "utf8"), { strict: true })
      .map((document) => ({ name, errors: document.errors, value: document.toJS() })));
}

function type({ name, value }) {
  if (name.endsWith(".json")) return `import type { S3Policy as T } from "./types";`;
  if (value.kind === "SparkApplication") return `import type { ISparkApplication as T } from "./types";`;
  return `import type { I${value.kind} as T } from "kubernetes-models/${value.apiVersion}/${value.kind}";`;
}

// Each document becomes a constant of its type: the compiler refuses what the type does not have.
function mistakes(all) {
  const files = all.map((one, n) => {
    const file = `document${n}.ts`;
    fs.writeFileSync(file, `${type(one)}\nexport const document: T = ${JSON.stringify(one.value, null, 2)};\n`);
    return file;
  });
  const options = { strict: true, noEmit: true, skipLibCheck: true, module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
  return ts.getPreEmitDiagnostics(ts.createProgram(files, options)).map((found) => {
    const text = ts.flattenDiagnosticMessageText(found.messageText, "\n  ");
    const n = /document(\d+)/.exec(found.file?.fileName ?? "")?.[1];
    const line = found.file?.text.split("\n")[found.file.getLineAndCharacterOfPosition(found.start).line].trim();
    return n ? `${all[n].name}: ${line}\n  ${text}` : `${found.file?.fileName}: ${text}`;
  });
}

// What no type says: names that must agree from file to file.
function disagreements(all) {
  const conf = Object.fromEntries(fs.readFileSync(path.join(deploy, "kubernetes/spark.conf"), "utf8").split("\n")
    .filter((line) => line && !line.startsWith("#")).map((line) => line.split(/\s+(.*)/)));
  const of = (name, kind) => all.find((one) => one.name === name && one.value.kind === kind).value;
  const app = of("spark-application.yaml", "SparkApplication").spec;
  const accounts = all.filter((one) => one.value.kind === "ServiceAccount").map((one) => one.value.metadata.name);
  const version = /<version>(.*)<\/version>/.exec(fs.readFileSync(path.join(deploy, "../pom.xml"), "utf8"))[1];
  const spark = /<spark.version>(.*)<\/spark.version>/.exec(fs.readFileSync(path.join(deploy, "../pom.xml"), "utf8"))[1];
  const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);
  const rules = {
    "driver.yaml is the SparkApplication's driver template": same(of("driver.yaml", "Pod").spec, app.driver.template.spec),
    "executor.yaml is the SparkApplication's executor template": same(of("executor.yaml", "Pod").spec, app.executor.template.spec),
    "sizes are spark.conf's": ["driver", "executor"].every((kind) => app[kind].memory === conf[`spark.${kind}.memory`]
      && app[kind].memoryOverhead === conf[`spark.${kind}.memoryOverhead`] && String(app[kind].cores) === conf[`spark.${kind}.cores`]
      && app[kind].javaOptions === conf[`spark.${kind}.extraJavaOptions`]) && String(app.executor.instances) === conf["spark.executor.instances"],
    "settings are spark.conf's": Object.entries(app.sparkConf).every(([key, value]) => conf[key] === value),
    "service accounts exist": [app.driver.serviceAccount, conf["spark.kubernetes.authenticate.driver.serviceAccountName"],
      conf["spark.kubernetes.authenticate.executor.serviceAccountName"]].every((name) => accounts.includes(name)),
    "the ConfigMap that the driver mounts exists": of("configuration.yaml", "ConfigMap").metadata.name
      === of("driver.yaml", "Pod").spec.volumes.find((volume) => volume.configMap).configMap.name,
    "everything is in one namespace": all.every(({ name, value }) => name.endsWith(".json") || value.kind === "Pod"
      || value.kind === "Namespace" || value.metadata.namespace === conf["spark.kubernetes.namespace"]),
    "the image has the version of pom.xml": app.image.endsWith(`:${version}`),
    "sparkVersion is pom.xml's": app.sparkVersion === spark,
  };
  return Object.keys(rules).filter((rule) => !rules[rule]).map((rule) => `expected: ${rule}`);
}

const all = ["kubernetes", "cloud"].flatMap((folder) => documents(path.join(deploy, folder)));
const found = [...all.flatMap(({ name, errors }) => errors.map((error) => `${name}: ${error.message}`)), ...mistakes(all), ...disagreements(all)];
found.forEach((line) => console.error(line));
console.log(`${all.length} documents of ${deploy}: ${found.length} mistakes`);
process.exit(found.length === 0 && all.length > 0 ? 0 : 1);
