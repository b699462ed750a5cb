"""Assessed units (考核对象) and the people who answer for them."""

from dataclasses import dataclass
from enum import StrEnum


class UnitCategory(StrEnum):
    """Kind of an assessed unit; schemes name the kinds a line applies to."""

    COUNTY = "county"
    ZONE = "zone"
    DEPARTMENT = "department"
    TOWNSHIP = "township"
    INSTITUTION = "institution"
    ENTERPRISE = "enterprise"


CATEGORY_TITLES = {
    UnitCategory.COUNTY: "县（市、区）政府",
    UnitCategory.ZONE: "开发区（新区）",
    UnitCategory.DEPARTMENT: "政府部门",
    UnitCategory.TOWNSHIP: "乡镇（街道）",
    UnitCategory.INSTITUTION: "事业单位",
    UnitCategory.ENTERPRISE: "公共企业",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """A person of a unit who is told of findings (联络员); a `leader` (分管领导) when matters climb."""

    name: str
    email: str | None = None
    phone: str | None = None
    channel: str | None = None
    leader: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """An assessed unit, known by its code in the registry."""

    code: str
    name: str
    category: UnitCategory
    parent: str | None = None
    contacts: tuple[Contact, ...] = ()
