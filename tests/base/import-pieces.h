/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Pieces of CommerceML, for bodies of import_fixture_import_body(). */

#define PRODUCT(id, name) "<Товар><Ид>" id "</Ид><Наименование>" name "</Наименование></Товар>"
#define CATALOGUE(id, goods) "<Каталог><Ид>" id "</Ид><Товары>" goods "</Товары></Каталог>"
#define FULL(id, goods) \
    "<Каталог СодержитТолькоИзменения=\"false\"><Ид>" id "</Ид><Товары>" goods "</Товары></Каталог>"
#define OFFERS(offers) "<ПакетПредложений><Предложения>" offers "</Предложения></ПакетПредложений>"
#define OFFER(id, more) "<Предложение><Ид>" id "</Ид>" more "</Предложение>"
#define NAME(name) "<Наименование>" name "</Наименование>"
#define PRICE(type, value)                                         \
    "<Цена><ИдТипаЦены>" type "</ИдТипаЦены><ЦенаЗаЕдиницу>" value \
    "</ЦенаЗаЕдиницу><Валюта>RUB</Валюта></Цена>"

#define P1 "11111111-1111-1111-1111-111111111111"
#define P2 "22222222-2222-2222-2222-222222222222"
#define C1 "aaaaaaaa-0000-0000-0000-000000000001"
#define C2 "aaaaaaaa-0000-0000-0000-000000000002"
#define VALUE(id, value) \
    "<ЗначенияСвойства><Ид>" id "</Ид><Значение>" value "</Значение></ЗначенияСвойства>"
#define PROPERTY(id, name, variants)                                                      \
    "<Классификатор><Свойства><Свойство><Ид>" id                                          \
    "</Ид>" NAME(name) "<ТипЗначений>Справочник</ТипЗначений><ВариантыЗначений>" variants \
                       "</ВариантыЗначений></Свойство></Свойства></Классификатор>"
#define VARIANT(id, text) \
    "<Справочник><ИдЗначения>" id "</ИдЗначения><Значение>" text "</Значение></Справочник>"
