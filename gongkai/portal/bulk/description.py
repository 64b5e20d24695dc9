"""The data sets as a DCAT 3 catalogue in JSON-LD, so that data portals can harvest them. Pure."""

from __future__ import annotations

from typing import Any

from gongkai.portal.bulk.build import MEDIA_TYPES, Manifest
from gongkai.portal.bulk.datasets import DATASETS


def dcat(manifest: Manifest | None, *, base_url: str, publisher: str) -> dict[str, Any]:
    """The catalogue of data sets with their files; without files where none were built yet."""
    page = f"{base_url}/data/"
    return {
        "@context": {
            "dcat": "http://www.w3.org/ns/dcat#",
            "dcterms": "http://purl.org/dc/terms/",
            "foaf": "http://xmlns.com/foaf/0.1/",
            "spdx": "http://spdx.org/rdf/terms#",
            "xsd": "http://www.w3.org/2001/XMLSchema#",
        },
        "@id": page,
        "@type": "dcat:Catalog",
        "dcterms:title": {"@language": "zh-Hans", "@value": f"{publisher}开放数据"},
        "dcterms:publisher": {"@type": "foaf:Organization", "foaf:name": publisher},
        "foaf:homepage": {"@id": base_url + "/"},
        "dcat:dataset": [
            {
                "@id": f"{page}#{dataset.name}",
                "@type": "dcat:Dataset",
                "dcterms:identifier": dataset.name,
                "dcterms:title": {"@language": "zh-Hans", "@value": dataset.title},
                "dcterms:description": {"@language": "zh-Hans", "@value": dataset.description},
                "dcterms:publisher": {"@type": "foaf:Organization", "foaf:name": publisher},
                **_distributions(manifest, dataset.name, page),
            }
            for dataset in DATASETS
        ],
    }


def _distributions(manifest: Manifest | None, name: str, page: str) -> dict[str, Any]:
    if manifest is None:
        return {}
    return {
        "dcterms:modified": {"@type": "xsd:dateTime", "@value": manifest.built_at.isoformat()},
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dcat:downloadURL": {"@id": page + file.name},
                "dcat:mediaType": MEDIA_TYPES[file.format].partition(";")[0],
                "dcat:byteSize": file.size,
                "spdx:checksum": {
                    "spdx:algorithm": "SHA256",
                    "spdx:checksumValue": file.sha256,
                },
            }
            for file in manifest.files
            if file.dataset == name
        ],
    }
