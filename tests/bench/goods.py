# SPDX-License-Identifier: GPL-3.0-or-later
"""Goods for the measurements, as 1C writes them."""
import os
import uuid


def write_exchange(folder, offers, stock=5):
    """An exchange as 1C writes it: products, and offers with three prices and two warehouses each."""
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<КоммерческаяИнформация ВерсияСхемы="2.07">'
    ids = [str(uuid.uuid5(uuid.NAMESPACE_OID, str(i))) for i in range(offers)]
    with open(os.path.join(folder, "import0_1.xml"), "w", encoding="utf-8") as out:
        out.write(f"{head}<Каталог СодержитТолькоИзменения=\"true\"><Ид>c</Ид><Наименование>c</Наименование><Товары>\n")
        for i, product in enumerate(ids):
            out.write(f"<Товар><Ид>{product}</Ид><Артикул>A{i}</Артикул><Наименование>Товар {i}</Наименование>"
                      '<БазоваяЕдиница Код="796">шт</БазоваяЕдиница></Товар>\n')
        out.write("</Товары></Каталог></КоммерческаяИнформация>\n")
    with open(os.path.join(folder, "offers0_1.xml"), "w", encoding="utf-8") as out:
        out.write(f"{head}<ПакетПредложений СодержитТолькоИзменения=\"true\"><Ид>c#</Ид><ТипыЦен>")
        for t in "abc":
            out.write(f"<ТипЦены><Ид>{t}</Ид><Наименование>{t}</Наименование><Валюта>RUB</Валюта></ТипЦены>")
        out.write("</ТипыЦен><Склады><Склад><Ид>x</Ид><Наименование>x</Наименование></Склад>"
                  "<Склад><Ид>y</Ид><Наименование>y</Наименование></Склад></Склады><Предложения>\n")
        for i, product in enumerate(ids):
            prices = "".join(f"<Цена><ИдТипаЦены>{t}</ИдТипаЦены><ЦенаЗаЕдиницу>{i % 900 + 1}.50</ЦенаЗаЕдиницу>"
                             "<Валюта>RUB</Валюта></Цена>" for t in "abc")
            out.write(f'<Предложение><Ид>{product}</Ид><Цены>{prices}</Цены><Склад ИдСклада="x" КоличествоНаСкладе="{stock}"/>'
                      '<Склад ИдСклада="y" КоличествоНаСкладе="7"/></Предложение>\n')
        out.write("</Предложения></ПакетПредложений></КоммерческаяИнформация>\n")
    return offers * (1 + 1 + 3 + 2)
