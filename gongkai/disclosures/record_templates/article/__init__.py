"""A generic article: prose, with attachments."""

from gongkai.disclosures.schema import Field, Kind, Paper, RecordTemplate

TEMPLATE = RecordTemplate(
    name="article",
    label="通用信息",
    description="正文加附件。没有更合适的模板时使用。",
    fields=(
        Field("source", "信息来源", max_length=120),
        Field("original_url", "原文链接", kind=Kind.URL, max_length=500),
    ),
    papers=(Paper.SECRECY,),
    facts=("summary", "dated_on"),
    needs_text_or_attachment=True,
)
