"""The data folder that a command means."""

from pathlib import Path

import pytest

from govwatch.commands.common import UserError, folder


def test_a_file_or_a_place_below_one_is_no_data_folder(tmp_path: Path) -> None:
    file = tmp_path / "名录.yaml"
    file.write_text("units: []", encoding="utf-8")
    for chosen in (file, file / "data"):
        with pytest.raises(UserError, match="是文件，不能作数据文件夹"):
            folder(chosen, existing=False)
    assert folder(tmp_path / "new" / "data", existing=False) == tmp_path / "new" / "data"
