"""Addresses of the desk."""

from django.urls import path

from localaction.platform.web.desk.views import (
    cells,
    changes,
    create,
    editor,
    files,
    home,
    imports,
    mapping,
    openings,
    potentials,
    publish,
    recalculate,
    reports,
    rows,
    upload,
)

app_name = "desk"
AT = "places/<str:code>/inventory/<int:year>/"

urlpatterns = [
    path("", home.home, name="home"),
    path("places/<str:code>/inventories/new/", create.new_inventory, name="new"),
    path(AT, editor.matrix, name="editor"),
    path(f"{AT}cell/<str:ref>/", cells.cell, name="cell"),
    path(f"{AT}cell/<str:ref>/rows/new/", rows.new_row, name="row-new"),
    path(f"{AT}cell/<str:ref>/rows/choices/", rows.row_choices, name="row-choices"),
    path(f"{AT}rows/<uuid:row_key>/", rows.change_row, name="row"),
    path(f"{AT}rows/<uuid:row_key>/remove/", rows.remove_row, name="row-remove"),
    path(f"{AT}template.csv", files.template, name="template"),
    path(f"{AT}rows.csv", files.rows, name="rows"),
    path(f"{AT}undo/", changes.undo, name="undo"),
    path(f"{AT}history/", changes.history, name="history"),
    path(f"{AT}compute/", changes.compute, name="compute"),
    path(f"{AT}upload/", upload.upload, name="upload"),
    path(f"{AT}open-cells/", openings.open_cells, name="open-cells"),
    path(f"{AT}warming-potentials/", potentials.warming_potentials, name="potentials"),
    path(f"{AT}publish/", publish.publish, name="publish"),
    path(f"{AT}published/", publish.done, name="published"),
    path("imports/<uuid:public_id>/", reports.report, name="report"),
    path("imports/<uuid:public_id>/stop/", reports.stop, name="report-stop"),
    path("imports/<uuid:public_id>/apply/", reports.apply, name="report-apply"),
    path("imports/<uuid:public_id>/undo/", reports.undo, name="report-undo"),
    path("imports/<uuid:public_id>/resume/", reports.resume, name="report-resume"),
    path("imports/<uuid:public_id>/mapping/", mapping.mapping, name="report-mapping"),
    path("imports/<uuid:public_id>/file/", reports.file, name="report-file"),
    path("imports/<uuid:public_id>/findings.csv", reports.findings_csv, name="report-findings"),
    path("imports/<uuid:public_id>/untidy-cells.csv", reports.irregular_csv, name="report-irregular"),
    path("network/recalculate/", recalculate.recalculate, name="recalculate"),
    path("network/recalculate/<uuid:public_id>/", recalculate.recalculation, name="recalculation"),
    path("network/recalculate/<uuid:public_id>/accept/", recalculate.accept, name="recalculation-accept"),
    path("network/recalculate/<uuid:public_id>/stop/", recalculate.stop, name="recalculation-stop"),
    path("network/recalculate/<uuid:public_id>/report.csv", recalculate.report_csv, name="recalculation-csv"),
    path("imports/", imports.imports, name="imports"),
    path("imports/new/", imports.new_import, name="imports-new"),
]
