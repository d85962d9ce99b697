// Invented résumés as files: PDF printed by the browser, Word made by the demo's own writer, and one that is damaged.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PYTHON } from "./looma.mjs";

const PEOPLE = {
  "pdf-zh": `林示例
电话：138 0013 8011  邮箱：lin.shili@example.cn
现居：上海

求职意向：推荐算法工程师

工作经历
2019.03-至今  示例智能科技有限公司  推荐算法工程师
负责短视频推荐系统的召回与排序，用 Python 和 PyTorch 训练深度排序模型，点击率提升 12%。
把在线推理服务部署到 Kubernetes，日均请求 2 亿次。
2016.07-2019.02  样板网络有限公司  算法工程师
用 Python 搭建商品推荐引擎，使用 Spark 处理用户行为日志。

教育背景
2013.09-2016.06  示例大学  计算机科学与技术  硕士

技能
Python、PyTorch、推荐系统、机器学习、Kubernetes、Spark`,
  "pdf-en": `Sam Exampleton
Dublin, Ireland · sam.exampleton@example.com · +353 20 912 3456

Experience
Senior Data Engineer, Barleymow Stores, Apr 2020 – Present
Built batch and streaming pipelines in Python and Spark for orders and stock; Airflow, Kafka and Snowflake every day.
Data Engineer, Quillhaven Analytics, Jan 2017 – Mar 2020
Moved the warehouse to BigQuery and dbt, wrote SQL models for forty analysts.

Education
MSc Computer Science, University of Wexmoor, 2015 – 2016

Skills
Python, SQL, Spark, Airflow, Kafka, dbt, Snowflake`,
  "docx-zh": `# 周样例
电话：13900139022  邮箱：zhou.yangli@example.cn
现居：杭州
## 工作经历
2018.05-至今  样板制造有限公司  主办会计
- 负责总账、应付账款、税务申报和年度审计配合，熟练使用 Excel 和 SAP。
2014.07-2018.04  示例贸易有限公司  会计
- 处理应收账款和费用报销。
## 教育背景
2010.09-2014.06  示例财经大学  会计学  本科
## 技能
Excel、SAP、财务报表、成本核算`,
  "docx-en": `# Nora Placeholder
nora.placeholder@example.com
## Experience
Registered Nurse, Samplewick Hospital, Feb 2018 – Present
- Care of twelve patients on a cardiology ward, training of new nurses.
Nurse, Placeholder Clinic, Sep 2014 – Jan 2018
- Wound care, medication and documentation.
## Education
BSc Nursing, University of Wexmoor, 2011 – 2014
## Skills
Patient care, medication, wound care, English, German`,
};

const escaped = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

async function printed(browser, text, path) {
  const page = await browser.newPage();
  const lines = text.split("\n").map((line) => `<p>${escaped(line) || "&nbsp;"}</p>`);
  await page.setContent(`<body style="font: 12px 'Noto Sans CJK SC', sans-serif">${lines.join("")}</body>`);
  await page.pdf({ path, format: "A4", margin: { top: "2cm", bottom: "2cm", left: "2cm", right: "2cm" } });
  await page.close();
}

function written(text, path) {
  const code =
    "import sys; from pathlib import Path; from looma.demo.sample_document import write; " +
    "write(sys.stdin.read(), Path(sys.argv[1]))";
  execFileSync(PYTHON, ["-c", code, path], { input: text });
}

/** Four readable files and one that is not, in `folder`: their paths by what they are. */
export async function documents(browser, folder) {
  mkdirSync(folder, { recursive: true });
  const paths = {};
  for (const [kind, text] of Object.entries(PEOPLE)) {
    paths[kind] = join(folder, `${kind.slice(-2) === "zh" ? "简历" : "resume"}-${kind}.${kind.split("-")[0]}`);
    if (kind.startsWith("pdf")) await printed(browser, text, paths[kind]);
    else written(text, paths[kind]);
  }
  paths.broken = join(folder, "broken.pdf");
  writeFileSync(paths.broken, "%PDF-1.7\nthis goes on in no way that a reader knows\n");
  return paths;
}
