import { join, resolve } from "node:path";
import * as ts from "typescript";

const provider = resolve(__dirname, "..", "..", "provider");

/** A property of a public interface, as its docstring tells of it. */
export interface Member {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly defaultValue: string | undefined;
  readonly isOptional: boolean;
}

/** `{@link getBackups}` reads as code outside of an editor. */
function plain(parts: readonly ts.SymbolDisplayPart[]): string {
  const text = ts.displayPartsToString([...parts]);
  return text.replaceAll(/\{@link ([\w.]+)\}/g, "`$1`").replaceAll(/\s*\n\s*/g, " ");
}

function memberOf(checker: ts.TypeChecker, symbol: ts.Symbol): Member {
  const declaration = symbol.declarations?.[0];
  const node = declaration && ts.isPropertySignature(declaration) ? declaration.type : undefined;
  const tag = symbol.getJsDocTags(checker).find(({ name }) => name === "default");
  return {
    name: symbol.name,
    type: (node?.getText() ?? "").replace(/^\|?\s*/, "").replace(/ \| undefined$/, ""),
    text: plain(symbol.getDocumentationComment(checker)),
    defaultValue: tag?.text && plain(tag.text),
    isOptional: (symbol.flags & ts.SymbolFlags.Optional) !== 0,
  };
}

let shared: ts.Program | undefined;

/** One program for all of the package: making one takes a second. */
function theProgram(): ts.Program {
  shared ??= ts.createProgram([join(provider, "index.ts")], {
    strict: true,
    module: ts.ModuleKind.Node20,
    target: ts.ScriptTarget.ES2023,
    skipLibCheck: true,
  });
  return shared;
}

function exported(file: string, name: string): ts.Symbol {
  const source = theProgram().getSourceFile(join(provider, file));
  const checker = theProgram().getTypeChecker();
  const exports = source && checker.getSymbolAtLocation(source);
  const found = exports && checker.getExportsOfModule(exports).find((s) => s.name === name);
  if (found === undefined) throw new Error(`${file} exports no ${name}.`);
  return found;
}

/** The docstring of something exported, in one line, without its tags. */
export function documentationOf(file: string, name: string): string {
  return plain(exported(file, name).getDocumentationComment(theProgram().getTypeChecker()));
}

/** The properties of an exported interface, in the order of the source, inherited ones first. */
export function membersOf(file: string, interfaceName: string): Member[] {
  const checker = theProgram().getTypeChecker();
  const found = exported(file, interfaceName);
  const members = checker.getDeclaredTypeOfSymbol(found).getProperties();
  const own = (symbol: ts.Symbol) => symbol.declarations?.[0]?.parent === found.declarations?.[0];
  const inherited = members.filter((symbol) => !own(symbol));
  return [...inherited, ...members.filter(own)].map((symbol) => memberOf(checker, symbol));
}

/** The values of an exported union of texts, in the order of the source. */
export function choicesOf(file: string, typeName: string): string[] {
  const type = theProgram().getTypeChecker().getDeclaredTypeOfSymbol(exported(file, typeName));
  if (!type.isUnion()) throw new Error(`${file}: ${typeName} is no union.`);
  return type.types.map((choice) => (choice as ts.StringLiteralType).value);
}

/** The names of the properties that an exported class declares itself. */
export function ownPropertiesOf(file: string, className: string): string[] {
  const [declaration] = exported(file, className).declarations ?? [];
  if (declaration === undefined || !ts.isClassDeclaration(declaration)) return [];
  return declaration.members.filter(ts.isPropertyDeclaration).map(({ name }) => name.getText());
}
