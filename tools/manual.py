#!/usr/bin/env python3
"""Writes the manual pages of scorebook, made of the commands' own help.

usage: scorebook --experimental-dump-help | tools/manual.py FOLDER

A page for the program, scorebook.1, and one for each command, such as scorebook-run.1.
"""

import json
import pathlib
import sys


def escaped(text):
    """Text as roff takes it: hyphens that can be copied, no line that looks like a request."""
    lines = text.replace("\\", "\\e").replace("-", "\\-").split("\n")
    return "\n".join("\\&" + line if line[:1] in (".", "'") else line for line in lines)


def heading(line):
    return line.isupper() and line == line.strip() and all(word.isalpha() for word in line.split())


def discussion(text):
    """Splits a discussion into its opening and its sections, each (title, lines)."""
    sections = [("", [])]
    for line in text.split("\n"):
        if heading(line):
            sections.append((line, []))
        else:
            sections[-1][1].append(line)
    return sections


def body(lines):
    """Paragraphs as they are; lines that are set in are kept line by line."""
    out, verbatim = [], False
    for line in lines:
        inset = line.startswith("  ")
        if inset != verbatim and line:
            out.append(".nf" if inset else ".fi")
            verbatim = inset
        if line:
            out.append(escaped(line.strip() if inset else line))
        elif out and out[-1] != ".PP" and not verbatim:
            out.append(".PP")
    while out and out[-1] == ".PP":
        out.pop()
    return out + ([".fi"] if verbatim else [])


def names(argument):
    spelled = [
        ("-" if name["kind"] == "short" else "--") + name["name"] for name in argument["names"]
    ]
    return sorted(spelled, key=len)


def placeholder(argument):
    return "" if argument["kind"] == "flag" else f" \\fI{escaped(argument['valueName'])}\\fR"


def shown(command):
    return [a for a in command.get("arguments", []) if a["shouldDisplay"]]


def synopsis(full_name, command):
    parts = [f"\\fB{escaped(full_name)}\\fR"]
    if command.get("subcommands"):
        parts.append("\\fIcommand\\fR")
    for argument in shown(command):
        if argument["kind"] == "positional":
            text = f"\\fI{escaped(argument['valueName'])}\\fR"
            text += "..." if argument["isRepeating"] else ""
        else:
            text = f"\\fB{escaped(names(argument)[-1])}\\fR{placeholder(argument)}"
        parts.append(f"[{text}]" if argument["isOptional"] else text)
    return " ".join(parts)


def options(command):
    out = []
    for argument in shown(command):
        if argument["kind"] == "positional":
            tag = f"\\fI{escaped(argument['valueName'])}\\fR"
        else:
            spelled = ", ".join(f"\\fB{escaped(name)}\\fR" for name in names(argument))
            tag = spelled + placeholder(argument)
        text = argument.get("abstract", "")
        default = argument.get("defaultValue")
        # How many workers there are is this machine's affair, not the page's.
        if default and argument["kind"] == "option" and argument["valueName"] != "n":
            text += f" (default: {default})"
        out += [".TP", tag, escaped(text)]
    return out


def page(full_name, command, version, others):
    out = [
        f'.TH "{escaped(full_name.replace(" ", "-").upper())}" 1 "" "scorebook {version}"'
        ' "Scorebook"',
        ".SH NAME",
        f"{escaped(full_name.replace(' ', '-'))} \\- {escaped(command['abstract'].rstrip('.'))}",
        ".SH SYNOPSIS",
        synopsis(full_name, command),
        ".SH DESCRIPTION",
    ]
    opening, *sections = discussion(command.get("discussion", ""))
    out += body(opening[1])
    if command.get("subcommands"):
        out.append(".SH COMMANDS")
        for sub in command["subcommands"]:
            if sub["shouldDisplay"] and sub["commandName"] != "help":
                out += [".TP", f"\\fB{escaped(sub['commandName'])}\\fR", escaped(sub["abstract"])]
    out += [".SH OPTIONS"] + options(command)
    for title, lines in sections:
        out += [f".SH {title}"] + body(lines)
    if others:
        out += [".SH SEE ALSO", "\n".join(f".BR {escaped(other)} (1)" for other in others)]
    return "\n".join(out) + "\n"


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = pathlib.Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    program = json.load(sys.stdin)["command"]
    version = program.get("version", "")
    commands = [
        sub
        for sub in program.get("subcommands", [])
        if sub["shouldDisplay"] and sub["commandName"] != "help"
    ]
    name = program["commandName"]
    pages = {
        name: page(name, program, version, [f"{name}-{sub['commandName']}" for sub in commands])
    }
    for sub in commands:
        full_name = f"{name} {sub['commandName']}"
        pages[full_name.replace(" ", "-")] = page(full_name, sub, version, [name])
    for file_name, text in pages.items():
        (folder / f"{file_name}.1").write_text(text, encoding="utf-8")


main()
