"""A policy document: number, dates of force, validity; its reviews are the strictest."""

from gongkai.disclosures.schema import Field, Kind, Paper, RecordTemplate

TEMPLATE = RecordTemplate(
    name="policy_document",
    label="政策文件",
    description="规范性文件、通知、办法、方案等，写明文号、成文日期和有效性。",
    fields=(
        Field("issuer", "制发机关", is_required=True, max_length=200),
        Field("joint_issuers", "联合制发机关", kind=Kind.LIST, hint="每行一个"),
        Field("signer", "签发人", max_length=40),
        Field("subject_words", "主题词", kind=Kind.LIST, hint="每行一个"),
        Field("repeals", "同时废止的文件", kind=Kind.LIST, hint="每行一个，写明文号"),
        Field(
            "interpretation_url",
            "政策解读链接",
            kind=Kind.URL,
            max_length=500,
            hint="解读与文件同步公开，最迟不晚于文件公开后 3 个工作日",
        ),
    ),
    papers=(Paper.SECRECY, Paper.LEGALITY, Paper.THREE_REVIEWS),
    facts=("summary", "document_number", "dated_on", "valid_from", "valid_until", "validity"),
    required_facts=frozenset({"document_number", "dated_on", "validity"}),
    needs_text_or_attachment=True,
)
