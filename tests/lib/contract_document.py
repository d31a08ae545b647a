# SPDX-License-Identifier: GPL-3.0-or-later
"""The cases of test-openapi.py that look at the document alone."""
import re

import jsonschema

from contract import METHODS, ROLES, example, walk


def test_main_structure(document, world):
    tree = document.tree
    assert re.fullmatch(r"3\.1\.\d+", tree["openapi"]), tree["openapi"]
    assert set(tree) <= {"openapi", "info", "jsonSchemaDialect", "servers", "paths", "webhooks", "components",
                         "security", "tags", "externalDocs"}, set(tree)
    assert {"title", "version", "description"} <= set(tree["info"])
    assert [s["url"].partition(".")[0] for s in tree["servers"]] == ["https://portal", "https://base"]
    assert set(tree["components"]) <= {"schemas", "responses", "parameters", "examples", "requestBodies", "headers",
                                       "securitySchemes", "links", "callbacks", "pathItems"}
    for name, schema in tree["components"]["schemas"].items():
        assert re.fullmatch(r"[A-Za-z0-9._-]+", name), name
        jsonschema.Draft202012Validator.check_schema(schema)
    for path, item in tree["paths"].items():
        assert path.startswith("/"), path
        assert set(item) <= {*METHODS, "servers", "summary", "description", "parameters"}, (path, set(item))
    mapping = document.find("#/components/schemas/Message")
    assert list(mapping["discriminator"]["mapping"]) == document.find("#/components/schemas/Kind")["enum"]
    assert [s["$ref"] for s in mapping["oneOf"]] == list(mapping["discriminator"]["mapping"].values())
    for kind, pointer in mapping["discriminator"]["mapping"].items():
        assert document.find(pointer)["properties"]["kind"]["const"] == kind, kind


def test_references(document, world):
    pointers = [(path, node["$ref"]) for path, node in walk(document.tree)
                if isinstance(node, dict) and isinstance(node.get("$ref"), str)]
    assert pointers
    for path, pointer in pointers:
        assert pointer.startswith("#/components/"), (path, pointer)
        document.find(pointer)
    used = {pointer for _, pointer in pointers}
    for room in ("schemas", "responses", "parameters", "examples", "requestBodies"):
        for name in document.tree["components"][room]:
            assert f"#/components/{room}/{name}" in used, f"nobody uses {room}/{name}"


def test_operations(document, world):
    tags = {tag["name"] for tag in document.tree["tags"]}
    schemes = set(document.tree["components"]["securitySchemes"])
    ids = [value["operationId"] for item in document.tree["paths"].values() for value in
           (item[m] for m in METHODS if m in item)]
    assert len(ids) == len(set(ids)), "an operationId stands twice"
    for operation in document.operations:
        value, name = operation.value, operation.name
        assert value["summary"] and re.fullmatch(r"[a-z][A-Za-z]+", value["operationId"]), name
        assert set(value["tags"]) <= tags and len(value["tags"]) == 1, name
        assert all(set(s) <= schemes for s in value.get("security", ())), name
        assert set(operation.roles or ()) <= set(ROLES), name
        assert operation.roles or value["tags"] == ["Access"], f"{name}: whose right is it?"
        places = re.findall(r"\{([^}]*)\}", operation.path)
        parameters = [document.follow(p) for p in value.get("parameters", ())]
        assert [p["name"] for p in parameters if p["in"] == "path"] == places, name
        for parameter in parameters:
            assert parameter["in"] in ("path", "query", "header") and "schema" in parameter, (name, parameter)
            assert parameter.get("required", False) or parameter["in"] != "path", (name, parameter)
        responses = value["responses"]
        assert all(re.fullmatch(r"[2-5]\d\d|101|default", code) for code in responses), (name, list(responses))
        assert any(code.startswith("2") or code == "101" for code in responses), name
        for code, response in responses.items():
            response = document.follow(response)
            assert response["description"], (name, code)
            if not code.startswith("2") and code != "101":
                media = response["content"]["application/problem+json"]
                assert media["schema"]["$ref"] == "#/components/schemas/Problem", (name, code)
        assert "default" in responses and (operation.is_open or "401" in responses), name
        assert not operation.roles or "403" in responses, name
        if "requestBody" in value:
            assert operation.method != "GET" and {"400", "413"} <= set(responses), name


def test_examples(document, world):
    count = 0
    for path, node in walk(document.tree):
        if isinstance(node, dict) and "schema" in node and "examples" in node:
            for name, one in node["examples"].items():
                errors = document.errors_in(node, document.follow(one)["value"])
                assert not errors, f"{path}/examples/{name}: {errors}"
                count += 1
        elif isinstance(node, dict) and isinstance(node.get("examples"), list) and "/schemas/" in path:
            for one in node["examples"]:
                errors = document.errors(node, one)
                assert not errors, f"{path}: {one}: {errors}"
                count += 1
    assert count > 40, count


def test_every_kind_has_an_example(document, world):
    messages = document.find("#/paths/~1exchange~1v1~1messages/post/requestBody/content/application~1json")
    kinds = document.find("#/components/schemas/Kind")["enum"]
    assert list(messages["examples"]) == [*kinds, "deletion"], list(messages["examples"])
    versions = [m["version"] for name in messages["examples"] for m in example(document, name)]
    assert versions == sorted(set(versions)), versions
    for kind in kinds:
        for message in example(document, kind):
            assert message["kind"] == kind and message["body"], message
        known = document.errors_of_messages({"messages": [{**message, "kind": kind} for message in
                                                          example(document, "deletion")[:1]]})
        assert bool(known) == (kind in ("order", "client-order")), (kind, known)
    assert all("body" not in message for message in example(document, "deletion"))


def test_schemas_refuse(document, world):
    """A schema that takes everything holds nothing."""
    for kind in document.find("#/components/schemas/Kind")["enum"]:
        for message in example(document, kind):
            for where in ([message], [message, message["body"]]):
                where[-1]["surprise"] = 1
                assert document.errors_of_messages({"messages": [message]}), (kind, "an unknown field")
                del where[-1]["surprise"]
            for name, value in message["body"].items():
                wrong = {**message, "body": {**message["body"], name: 12.5}}
                assert document.errors_of_messages({"messages": [wrong]}), (kind, name, "a wrong type")
                assert value not in (None, ""), (kind, name)
