/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/** KAB_DEMO_PASSWORD: the password of everybody in the demo, whose people are invented. */
#define KAB_DEMO_PASSWORD "demo-demo"

/** KAB_DEMO_PARTNER: the login of the partner's head whom the demo shows. */
#define KAB_DEMO_PARTNER "kiselnikov"

/** KAB_DEMO_ADMINISTRATOR: the login of the company's administrator. */
#define KAB_DEMO_ADMINISTRATOR "admin"
