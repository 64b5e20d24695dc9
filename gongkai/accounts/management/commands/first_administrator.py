"""``gongkai first-administrator``: the one account that no administrator can register."""

from __future__ import annotations

from typing import Any, Final

from django.core.management.base import CommandParser
from django.utils import timezone

from gongkai.accounts.actions.install_administrator import install_administrator
from gongkai.base.commands import ExitCode, GongkaiCommand
from gongkai.base.errors import GongkaiError
from gongkai.places.models import Body

TEXTS: Final = {
    "people.administrator_exists": "已有系统管理员 {value}：请由其在工作台“人员授权”里办理；"
    "忘记密码时在本机运行 gongkai changepassword {value}。",
    "people.username_form": "账号用 3 到 60 个字母、数字或 . _ @ - 组成，不能是“{value}”。",
    "people.username_taken": "账号 {value} 已经有人用了，请换一个。",
    "people.name_missing": "请用 --name 写明姓名。",
}


class Command(GongkaiCommand):
    """Register the first administrator; exit 0 done, 1 refused."""

    help = (
        "Register the first administrator of a new installation and print the password once.\n"
        "Everybody else is registered and given mandates by administrators, in the console."
    )
    example = "gongkai first-administrator zhang.wei --name 张伟 --body yunxi-qu"

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and over which body."""
        parser.add_argument("username", help="the name to sign in with")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument(
            "--body", required=True, metavar="CODE", help="the district's government, or its body"
        )
        parser.add_argument("--json", action="store_true", help="report for machines")

    def handle(self, *args: Any, **options: Any) -> None:
        """Register, and tell the password."""
        body = Body.objects.filter(code=options["body"]).first()
        if body is None:
            self.stop(
                ExitCode.REFUSED,
                f"没有编码为“{options['body']}”的机构。请先用 gongkai import-places 导入。",
            )
        try:
            user, password = install_administrator(
                body,
                username=options["username"],
                display_name=options["name"],
                on=timezone.localdate(),
            )
        except GongkaiError as error:
            self.stop(ExitCode.REFUSED, TEXTS[error.code].format(value=error.data.get("value", "")))
        if options["json"]:
            self.write_json({"username": user.username, "password": password, "body": body.code})
            return
        self.stdout.write(
            f"系统管理员 {user.username}（{body.name}及其下级）\n"
            f"密码 {password}\n"
            "只显示这一次，请登录后在“我的账号”里修改。"
        )
