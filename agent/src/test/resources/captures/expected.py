"""Derives expected.json from the streamed answers beside it: python3 expected.py > expected.json"""

import json
import pathlib


def body(file):
    raw = file.read_bytes()
    if file.suffix != ".jsonl":
        return raw.partition(b"\r\n\r\n")
    raw = b"".join(
        json.loads(line)["data"].encode("utf-8", "surrogateescape")
        for line in file.read_text("utf-8").splitlines()
    )
    head, gap, rest = raw.partition(b"\r\n\r\n")
    plain = b""
    while rest:
        size, _, rest = rest.partition(b"\r\n")
        plain += rest[: int(size, 16)]
        rest = rest[int(size, 16) + 2 :]
    return head, gap, plain


def expected(stream):
    seen = {
        "events": 0, "comments": 0, "token_events": 0, "role_events": 0, "answer": "", "reasoning": "",
        "finish_reason": None, "usage_events": 0, "prompt_tokens": -1, "completion_tokens": -1,
        "reasoning_tokens": -1, "cached_tokens": -1, "done": False,
    }
    for block in stream.decode("utf-8").split("\n\n"):
        if block.startswith(":"):
            seen["comments"] += 1
            continue
        if not block:
            continue
        assert block.startswith("data: ") and "\n" not in block, block
        seen["events"] += 1
        payload = block[len("data: ") :]
        if payload == "[DONE]":
            seen["done"] = True
            continue
        event = json.loads(payload)
        answer = reasoning = ""
        role = finish = None
        for choice in event["choices"]:
            delta = choice.get("delta", {})
            answer += delta.get("content") or choice.get("text") or ""
            reasoning += delta.get("reasoning_content") or delta.get("reasoning") or ""
            role = role or delta.get("role")
            finish = finish or choice.get("finish_reason")
        seen["answer"] += answer
        seen["reasoning"] += reasoning
        seen["token_events"] += bool(answer or reasoning)
        seen["role_events"] += bool(role and not answer and not reasoning)
        seen["finish_reason"] = finish or seen["finish_reason"]
        usage = event.get("usage")
        if usage is not None:
            seen["usage_events"] += 1
            seen["prompt_tokens"] = usage["prompt_tokens"]
            seen["completion_tokens"] = usage["completion_tokens"]
            details = usage.get("completion_tokens_details") or {}
            seen["reasoning_tokens"] = details.get("reasoning_tokens", usage.get("reasoning_tokens", -1))
            details = usage.get("prompt_tokens_details") or {}
            seen["cached_tokens"] = details.get("cached_tokens", -1)
    return seen


def main():
    here = pathlib.Path(__file__).parent
    answers = {}
    for file in sorted([*here.glob("*/*.response.txt"), *here.glob("*/*.jsonl")]):
        head, _, stream = body(file)
        if b"text/event-stream" in head.lower():
            answers[str(file.relative_to(here))] = expected(stream)
    print(json.dumps(answers, indent=1, ensure_ascii=False))


main()
